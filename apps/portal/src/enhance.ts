/**
 * The one script of public pages. They read and search without it; it adds printing and copying the address.
 * The clipboard needs a secure context, which an intranet node on plain http is not, so copying falls back to a selection.
 */
function showButtons(selector: string, act: (button: HTMLButtonElement) => void): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>(selector)) {
    button.hidden = false;
    button.addEventListener('click', () => act(button));
  }
}

async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'vh';
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}

showButtons('[data-print]', () => window.print());
showButtons('[data-copy]', (button) => {
  void copyText(location.href).then(() => {
    button.textContent = button.dataset.done ?? '';
    button.setAttribute('aria-live', 'polite');
  });
});
