// Says so on the page when a security key did not answer or was refused; django-allauth's script only logs it.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("key-failed").hidden = false;
});
