'use strict';
(function () {
  // Filters: rows and patients whose text has all the words.
  document.querySelectorAll('input[data-filter]').forEach(function (input) {
    var box = input.closest('.filter');
    var items = Array.prototype.slice.call(document.querySelectorAll('[data-in="' + input.dataset.filter + '"]'));
    var texts = items.map(function (item) {
      return (item.dataset.text || item.textContent).toLowerCase();
    });
    var status = box.querySelector('[role=status]');
    box.hidden = false;
    input.addEventListener('input', function () {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      items.forEach(function (item, i) {
        var show = words.every(function (word) { return texts[i].indexOf(word) >= 0; });
        item.hidden = !show;
        if (show) { shown++; }
      });
      status.textContent = words.length ? shown + ' of ' + items.length + ' shown' : '';
    });
  });
  // A link to something inside closed details opens them.
  function reveal() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var at = target; at; at = at.parentElement) {
      if (at.tagName === 'DETAILS') { at.open = true; }
    }
    if (target) { target.scrollIntoView(); }
  }
  window.addEventListener('hashchange', reveal);
  reveal();
  // On paper everything that was closed is open.
  window.addEventListener('beforeprint', function () {
    document.querySelectorAll('details').forEach(function (one) { one.open = true; });
  });
})();
