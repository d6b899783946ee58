const alertBox = document.getElementById("page-alert");

/** Tell the person that a request did not get through; the form keeps what was chosen. */
function reportFailure(event) {
  const { refused, unreached, failed, offline } = alertBox.dataset;
  if (event.detail.xhr?.status === 403) alertBox.textContent = refused;
  else if (!(event.target instanceof HTMLFormElement)) alertBox.textContent = unreached;
  else alertBox.textContent = navigator.onLine ? failed : offline;
}

document.addEventListener("htmx:sendError", reportFailure);
document.addEventListener("htmx:responseError", reportFailure);
document.addEventListener("htmx:timeout", reportFailure);
document.addEventListener("htmx:beforeRequest", () => {
  alertBox.textContent = "";
});
