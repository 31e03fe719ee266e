// What a device is, in the plain words people use: a suggestion for its name, to be changed at will.

export type Kind = 'phone' | 'tablet' | 'computer';

export function device_kind({ userAgent, maxTouchPoints }: { userAgent: string; maxTouchPoints: number } = navigator): Kind {
  // A tablet of Apple's calls itself a Mac, and no Mac can be touched.
  if (/iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) return 'tablet';
  if (/iPhone|iPod/.test(userAgent)) return 'phone';
  if (/Android/.test(userAgent)) return /Mobile/.test(userAgent) ? 'phone' : 'tablet';
  return /Mobile/.test(userAgent) ? 'phone' : 'computer';
}
