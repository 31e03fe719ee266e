// Component tests look at screens, not at how their file comes: it is here already, as it is for whoever has a space.
import { beforeAll } from 'vitest';

beforeAll(async () => {
  if (typeof document !== 'undefined') await (await import('./app/later.svelte.ts')).later.fetch();
});
