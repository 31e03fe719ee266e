// What a page says to a waiting service worker so that it takes over.
export const kStartNow = 'start-now';
// What the service worker says to the pages when the browser has ended or changed its subscription.
export const kSubscribeAgain = 'subscribe-again';
// What a page says once somebody has begun: the files that were no part of the first load are kept, too.
export const kKeepWhole = 'keep-whole';
