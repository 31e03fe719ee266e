// What a page says to a waiting service worker so that it takes over.
export const kStartNow = 'start-now';
