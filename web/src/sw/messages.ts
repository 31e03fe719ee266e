// What a page says to a waiting service worker so that it takes over.
export const kStartNow = 'start-now';
// What the service worker says to the pages when the browser has ended or changed its subscription.
export const kSubscribeAgain = 'subscribe-again';
