// The page that opens a saved card, with or without the internet: a password, then the card, nothing kept
// readable. Where several children's cards have the same password, whose card it is to be is asked by name.

import { deleteCard, openCards, plainPassword, savedSlots } from "./saved_card.js"
import { askToDeleteAll, letBeSeen } from "./saved_card_page.js"

const { keptAt } = document.getElementById("saved-card").dataset
const [ask, form, password] = ["ask", "enter-password", "password"].map((id) => document.getElementById(id))
const [wrong, card] = ["wrong", "card"].map((id) => document.getElementById(id))
const noneSaved = document.getElementById("none-saved")
const closePart = document.getElementById("close-part")
const deleted = document.getElementById("deleted")
const [whose, deleteButton] = ["whose", "delete-card"].map((id) => document.getElementById(id))
const hideAgain = letBeSeen(document.getElementById("show-typed"), password)
const offerToDeleteAll = askToDeleteAll(keptAt, async () => {
  await close()
  deleted.textContent = deleted.dataset.all
})
let shown = ""

async function open() {
  wrong.textContent = ""
  deleted.textContent = ""
  const opened = await openCards(plainPassword(password.value))
  if (!opened.length) {
    wrong.textContent = wrong.dataset.words
    password.focus()
    password.select()
    return
  }
  password.value = ""
  hideAgain()
  closePart.hidden = false
  if (opened.length === 1) return showCard(opened[0])
  form.hidden = true
  whose.replaceChildren(...opened.map(choice))
  // Not a button: Enter, held down after the password, must choose no child.
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
  password.value = ""
  shown = ""
  ask.hidden = false
  closePart.hidden = true
  deleteButton.hidden = true
  hideAgain()
  await show()
}

async function show() {
  const slots = await savedSlots()
  noneSaved.hidden = slots.length > 0
  form.hidden = !slots.length
  offerToDeleteAll(slots)
}

form.addEventListener("submit", (event) => {
  event.preventDefault()
  const button = form.querySelector("button")
  button.disabled = true
  open().finally(() => { button.disabled = false })
})
document.getElementById("close-card").addEventListener("click", close)
deleteButton.addEventListener("click", async () => {
  await deleteCard(shown, keptAt)
  await close()
  deleted.textContent = deleted.dataset.one
})
// A page that is left, or comes back from the browser's memory, asks for the password again.
window.addEventListener("pagehide", close)
await show()
