// The emergency cards on this phone: encrypted with a key that comes from a password, and never kept readable.
// Each child's card has a slot of its own, whose name tells nothing about the child.
// PBKDF2 with SHA-256, then AES-GCM, which also tells a wrong password.

const NAME = "puffin-card"
const STORE = "card"
// Never less often than OWASP asks for, and as much more often as this phone does in about a second.
const LEAST_ROUNDS = 600_000
const MOST_ROUNDS = 6_000_000
const ABOUT = 1000 // milliseconds
const SHORTEST = 8

// Digits of other scripts count as the same numbers.
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6]

// What was typed, so that it is the same however a phone writes it: without spaces, in small letters.
export function plainPassword(typed) {
  const plain = typed.normalize("NFKC").replace(/\s+/gu, "").toLowerCase()
  return Array.from(plain, (letter) => {
    const code = letter.codePointAt(0)
    const zero = ZEROS.find((one) => code >= one && code <= one + 9)
    return zero === undefined ? letter : String(code - zero)
  }).join("")
}

// A phone's thief tries all numbers of 8 digits in hours; letters take far longer.
export function isTooShort(password) {
  return Array.from(password).length < SHORTEST || /^\d*$/.test(password)
}

export function canKeep() {
  return window.isSecureContext && "serviceWorker" in navigator && "caches" in window && "indexedDB" in window
}

export async function keepCard(slot, html, password) {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const rounds = await roundsOfThisPhone(salt)
  const key = await keyFrom(password, salt, rounds)
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(html))
  await inStore("readwrite", (store) => store.put({ salt, iv, rounds, sealed }, slot))
}

// The slot and the HTML of each card that has this password; none where the password is wrong.
export async function openCards(password) {
  const opened = await Promise.all((await savedSlots()).map(async (slot) => {
    const html = await unsealed(await inStore("readonly", (store) => store.get(slot)), password)
    return { slot, html }
  }))
  return opened.filter((one) => one.html !== null)
}

async function unsealed({ salt, iv, rounds, sealed }, password) {
  const key = await keyFrom(password, salt, rounds)
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed))
  } catch {
    return null
  }
}

export async function savedSlots() {
  return canKeep() ? inStore("readonly", (store) => store.getAllKeys()) : []
}

// Takes a card from the phone, and with the last one its page and whatever answers for it.
export async function deleteCard(slot, keptAt) {
  await inStore("readwrite", (store) => store.delete(slot))
  await tidyAway(keptAt)
}

export async function deleteAllCards(keptAt) {
  await inStore("readwrite", (store) => store.clear())
  await tidyAway(keptAt)
}

// Where no card is saved, nothing else stays on the phone either.
export async function tidyAway(keptAt) {
  if ((await savedSlots()).length) return
  await caches.delete(NAME)
  const worker = await navigator.serviceWorker.getRegistration(keptAt)
  if (worker && new URL(worker.scope).pathname === keptAt) await worker.unregister()
}

// What is kept already is needed by the other cards, and stays where something of this does not arrive.
export async function keepPage(keptAt, shell, assets) {
  const kept = await caches.open(NAME)
  const page = await fetch(shell, { cache: "no-store", credentials: "omit" })
  if (!page.ok || page.redirected) throw new Error("the page of the card is not there")
  await kept.addAll(assets)
  await kept.put(keptAt, page)
}

async function roundsOfThisPhone(salt) {
  const began = performance.now()
  await keyFrom("any", salt, LEAST_ROUNDS)
  const took = Math.max(performance.now() - began, 1)
  const rounds = Math.round(LEAST_ROUNDS * ABOUT / took)
  return Math.min(Math.max(rounds, LEAST_ROUNDS), MOST_ROUNDS)
}

async function keyFrom(password, salt, iterations) {
  const typed = await crypto.subtle.importKey("raw", new TextEncoder().encode(password), "PBKDF2", false, ["deriveKey"])
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations }
  return crypto.subtle.deriveKey(how, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"])
}

async function inStore(mode, act) {
  const database = await answerOf(opening())
  try {
    return await answerOf(act(database.transaction(STORE, mode).objectStore(STORE)))
  } finally {
    database.close()
  }
}

function opening() {
  const request = indexedDB.open(NAME, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE)
  return request
}

function answerOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
