// What the page that saves a card and the page that opens one have in common.

import { deleteAllCards } from "./saved_card.js"

// A tick lets whoever types see what they type: a long password is typed wrong unseen.
export function letBeSeen(tick, ...fields) {
  const follow = () => fields.forEach((field) => { field.type = tick.checked ? "text" : "password" })
  tick.addEventListener("change", follow)
  return () => { tick.checked = false; follow() }
}

// The button that deletes all saved cards, after one question; `done` is called once they are gone.
export function askToDeleteAll(keptAt, done) {
  const [part, sure, all, yes, no] = ["delete-all-part", "sure", "delete-all", "yes-delete-all", "no-keep-them"]
    .map((id) => document.getElementById(id))
  const ask = (asked) => { sure.hidden = !asked; all.hidden = asked }
  all.addEventListener("click", () => { ask(true); sure.focus() })
  no.addEventListener("click", () => { ask(false); all.focus() })
  yes.addEventListener("click", async () => {
    await deleteAllCards(keptAt)
    ask(false)
    await done()
  })
  return (slots) => { part.hidden = !slots.length; ask(false) }
}
