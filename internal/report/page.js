(function () {
  var root = document.documentElement, by = function (id) { return document.getElementById(id) };
  var dark = matchMedia("(prefers-color-scheme: dark)");
  var isDark = function () { var t = root.dataset.theme; return t ? t === "dark" : dark.matches };
  var name = function () { by("theme").textContent = isDark() ? "Light" : "Dark" };
  ["print", "data", "theme"].forEach(function (id) { by(id).hidden = false });
  by("print").onclick = function () { print() };
  by("theme").onclick = function () { root.dataset.theme = isDark() ? "light" : "dark"; name() };
  by("data").onclick = function () {
    var open = by("data").getAttribute("aria-pressed") !== "true";
    by("data").setAttribute("aria-pressed", open);
    document.querySelectorAll("details.data").forEach(function (d) { d.open = open });
  };
  if (dark.addEventListener) dark.addEventListener("change", name);
  name();
})();
