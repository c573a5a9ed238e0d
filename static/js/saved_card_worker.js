// Answers for the page of the saved card and for what it is made of, without the internet. Keeps nothing itself:
// only what the page that saves the card has put there is given out, and all else goes to the network.

const NAME = "puffin-card"

self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return
  event.respondWith(
    caches
      .match(event.request, { cacheName: NAME, ignoreSearch: true, ignoreVary: true })
      .then((kept) => kept || fetch(event.request))
  )
})
