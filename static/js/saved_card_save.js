// The page on which a family saves the emergency card, by their own choice and with their own password.

import {
  canKeep, deleteCard, isTooShort, keepCard, keepPage, plainPassword, savedSlots, tidyAway
} from "./saved_card.js"
import { askToDeleteAll, letBeSeen } from "./saved_card_page.js"

const part = document.getElementById("save-card")
const form = document.getElementById("choose-password")
const wrong = document.getElementById("wrong")
const [password, again] = ["password", "password-again"].map((id) => document.getElementById(id))
const saved = document.getElementById("saved")
const deleted = document.getElementById("deleted")
const deletePart = document.getElementById("delete-part")
const hideAgain = letBeSeen(document.getElementById("show-typed"), password, again)
const { card, slot, shell, keptAt, worker, pictures, assets } = part.dataset

async function save() {
  const typed = plainPassword(password.value)
  wrong.textContent = ""
  deleted.textContent = ""
  if (isTooShort(typed)) return refuse(wrong.dataset.short, password)
  if (typed !== plainPassword(again.value)) return refuse(wrong.dataset.differ, again)
  try {
    await keepAll(typed)
  } catch {
    await tidyAway(keptAt)
    return refuse(wrong.dataset.failed, password)
  }
  form.reset()
  hideAgain()
  await show(true)
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

async function show(isSaved) {
  const slots = await savedSlots()
  saved.firstElementChild.hidden = !isSaved
  deletePart.hidden = !slots.includes(slot)
  offerToDeleteAll(slots)
}

const offerToDeleteAll = askToDeleteAll(keptAt, async () => {
  await show(false)
  deleted.textContent = deleted.dataset.all
})

if (canKeep()) {
  document.getElementById("cannot-save").hidden = true
  form.hidden = false
  await show(false)
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const button = form.querySelector("button")
    button.disabled = true
    save().finally(() => { button.disabled = false })
  })
  document.getElementById("delete-card").addEventListener("click", async () => {
    await deleteCard(slot, keptAt)
    await show(false)
    deleted.textContent = deleted.dataset.one
  })
}
