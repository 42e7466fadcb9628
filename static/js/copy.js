// Buttons that copy a line of the page, and say whether they did.

async function copy(button) {
  const line = document.getElementById(button.dataset.copy);
  const status = button.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(line.textContent.trim());
    status.textContent = button.dataset.done;
  } catch {
    getSelection().selectAllChildren(line); // one key press is left for the reader
    status.textContent = button.dataset.failed;
  }
}

// Listening at the top, because the viewer puts new pages, and with them new buttons, in place of old ones.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});
