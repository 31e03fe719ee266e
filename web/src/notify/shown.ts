// The one notification that is shown at most, and the dot on Attune's icon. Both go when Attune is opened.

/** The next one takes the place of the one before. */
export const kTag = 'attune';

export async function close_shown(registration: ServiceWorkerRegistration): Promise<void> {
  for (const one of await registration.getNotifications({ tag: kTag })) one.close();
}

/** Somebody is looking: what was to be noticed is on the screen. */
export async function clear_shown(): Promise<void> {
  if ('clearAppBadge' in navigator) await navigator.clearAppBadge().catch(() => {}); // where there is no icon, there is no dot
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  const registration = await workers?.getRegistration();
  if (registration && 'getNotifications' in registration) await close_shown(registration);
}
