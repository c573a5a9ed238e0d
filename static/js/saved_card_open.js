// The page that opens the saved card, with or without the internet: a PIN, then the card, nothing kept readable.

import { deleteCard, hasCard, openCard, plainPin } from "./saved_card.js"

const { keptAt } = document.getElementById("saved-card").dataset
const [ask, form, pin] = ["ask", "enter-pin", "pin"].map((id) => document.getElementById(id))
const [wrong, card, beside] = ["wrong", "card", "beside"].map((id) => document.getElementById(id))
const noneSaved = document.getElementById("none-saved")
const closePart = document.getElementById("close-part")
const deleted = document.getElementById("deleted")

async function open() {
  wrong.textContent = ""
  const html = await openCard(plainPin(pin.value))
  pin.value = ""
  if (html === null) {
    wrong.textContent = wrong.dataset.pin
    pin.focus()
    return
  }
  // Parsed apart: a script in it would never run, and the policy of this page lets none in.
  card.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.children)
  ask.hidden = true
  closePart.hidden = false
  card.focus()
}

function close() {
  card.replaceChildren()
  ask.hidden = false
  closePart.hidden = true
}

async function show() {
  const isSaved = await hasCard()
  noneSaved.hidden = isSaved
  form.hidden = !isSaved
  beside.hidden = !isSaved
}

form.addEventListener("submit", (event) => {
  event.preventDefault()
  const button = form.querySelector("button")
  button.disabled = true
  open().finally(() => { button.disabled = false })
})
document.getElementById("close-card").addEventListener("click", close)
document.getElementById("delete-card").addEventListener("click", async () => {
  close()
  await deleteCard(keptAt)
  deleted.textContent = deleted.dataset.words
  await show()
})
// A page that is left, or comes back from the browser's memory, asks for the PIN again.
window.addEventListener("pagehide", close)
await show()
