// The page on which a family saves the emergency card, by their own choice and with their own PIN.

import {
  canKeep, deleteCard, keepCard, keepPage, plainPin, savedSlots, SHORTEST_PIN, tidyAway
} from "./saved_card.js"

const part = document.getElementById("save-card")
const form = document.getElementById("choose-pin")
const wrong = document.getElementById("wrong")
const [pin, again] = [document.getElementById("pin"), document.getElementById("pin-again")]
const saved = document.getElementById("saved")
const deleted = document.getElementById("deleted")
const deletePart = document.getElementById("delete-part")
const { card, slot, shell, keptAt, worker, pictures, assets } = part.dataset

async function save() {
  const typed = plainPin(pin.value)
  wrong.textContent = ""
  deleted.textContent = ""
  if (typed.length < SHORTEST_PIN) return refuse(wrong.dataset.short, pin)
  if (typed !== plainPin(again.value)) return refuse(wrong.dataset.differ, again)
  try {
    await keepAll(typed)
  } catch {
    await tidyAway(keptAt)
    return refuse(wrong.dataset.failed, pin)
  }
  form.reset()
  show(true)
  saved.focus()
}

async function keepAll(typed) {
  const answer = await fetch(card, { cache: "no-store", credentials: "same-origin" })
  if (!answer.ok || answer.redirected) throw new Error("the card is not there")
  const html = await answer.text()
  await keepPage(keptAt, shell, [...JSON.parse(assets), ...picturesOf(html)])
  await active(await navigator.serviceWorker.register(worker, { scope: keptAt }))
  // Last: an older card of this child is there until all that the new one needs is.
  await keepCard(slot, html, typed)
  if (navigator.storage && navigator.storage.persist) await navigator.storage.persist().catch(() => false)
}

// The pictograms that the card shows, which its stylesheet fetches.
function picturesOf(html) {
  const names = new Set(Array.from(html.matchAll(/\bpic--([a-z0-9-]+)/g), (found) => found[1]))
  return Array.from(names, (name) => `${pictures}${name}.svg`)
}

function active(registered) {
  const begun = registered.active || registered.waiting || registered.installing
  if (begun.state === "activated") return undefined
  return new Promise((resolve, reject) => {
    begun.addEventListener("statechange", () => {
      if (begun.state === "activated") resolve()
      if (begun.state === "redundant") reject(new Error("the worker did not begin"))
    })
  })
}

function refuse(words, field) {
  wrong.textContent = words
  field.focus()
}

function show(isSaved) {
  saved.firstElementChild.hidden = !isSaved
  deletePart.hidden = !isSaved
}

if (canKeep()) {
  document.getElementById("cannot-save").hidden = true
  form.hidden = false
  deletePart.hidden = !(await savedSlots()).includes(slot)
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const button = form.querySelector("button")
    button.disabled = true
    save().finally(() => { button.disabled = false })
  })
  document.getElementById("delete-card").addEventListener("click", async () => {
    await deleteCard(slot, keptAt)
    show(false)
    deleted.textContent = deleted.dataset.words
  })
}
