// A page that names mistakes answered a sent form, and is not stored: "back" to it would be the browser's own page about
// sending again. So its place in the history becomes that of a page that can be asked for.
history.replaceState(null, "", document.getElementById("questions")?.dataset.again ?? location.href);
