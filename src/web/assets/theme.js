// Runs before the first paint: a chosen theme holds; without a choice the stylesheet follows the device.
(() => {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.bsTheme = chosen;
})();
