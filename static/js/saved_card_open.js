// The page that opens a saved card, with or without the internet: a PIN, then the card, nothing kept readable.
// Where several children's cards have the same PIN, whose card it is to be is asked by name.

import { deleteCard, openCards, plainPin, savedSlots } from "./saved_card.js"

const { keptAt } = document.getElementById("saved-card").dataset
const [ask, form, pin] = ["ask", "enter-pin", "pin"].map((id) => document.getElementById(id))
const [wrong, card, beside] = ["wrong", "card", "beside"].map((id) => document.getElementById(id))
const noneSaved = document.getElementById("none-saved")
const closePart = document.getElementById("close-part")
const deleted = document.getElementById("deleted")
const [whose, deleteButton] = ["whose", "delete-card"].map((id) => document.getElementById(id))
let shown = ""

async function open() {
  wrong.textContent = ""
  const opened = await openCards(plainPin(pin.value))
  pin.value = ""
  if (!opened.length) {
    wrong.textContent = wrong.dataset.pin
    pin.focus()
    return
  }
  closePart.hidden = false
  if (opened.length === 1) return showCard(opened[0])
  form.hidden = true
  deleteButton.hidden = true
  whose.replaceChildren(...opened.map(choice))
  // Not a button: Enter, held down after the PIN, must choose no child.
  whose.focus()
}

// Parsed apart: a script in it would never run, and the policy of this page lets none in.
function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html").body
}

function choice(one) {
  const button = document.createElement("button")
  const named = parsed(one.html).querySelector("[data-child]")
  button.type = "button"
  button.className = "nhsuk-button"
  button.dir = "auto"
  button.textContent = named ? named.dataset.child : "?"
  button.addEventListener("click", () => showCard(one))
  return button
}

function showCard({ slot, html }) {
  ask.hidden = true
  whose.replaceChildren()
  card.replaceChildren(...parsed(html).children)
  shown = slot
  deleteButton.hidden = false
  card.focus()
}

async function close() {
  card.replaceChildren()
  whose.replaceChildren()
  shown = ""
  ask.hidden = false
  closePart.hidden = true
  await show()
}

async function show() {
  const slots = await savedSlots()
  noneSaved.hidden = slots.length > 0
  form.hidden = !slots.length
  beside.hidden = !slots.length
  // Before a card is open, nothing says which of several it would delete.
  deleteButton.hidden = !shown && slots.length > 1
}

form.addEventListener("submit", (event) => {
  event.preventDefault()
  const button = form.querySelector("button")
  button.disabled = true
  open().finally(() => { button.disabled = false })
})
document.getElementById("close-card").addEventListener("click", close)
deleteButton.addEventListener("click", async () => {
  const slot = shown || (await savedSlots())[0]
  await deleteCard(slot, keptAt)
  await close()
  deleted.textContent = deleted.dataset.words
})
// A page that is left, or comes back from the browser's memory, asks for the PIN again.
window.addEventListener("pagehide", close)
await show()
