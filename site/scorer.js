// Sphinx's scores of a search, and more for a page whose own title begins with what is sought.
var Scorer = {
  score: ([page, title, anchor, , score]) => {
    const sought = (new URLSearchParams(location.search).get("q") ?? "").trim().toLowerCase();
    const isLesson = !anchor && page.startsWith("lessons/");
    return score + (isLesson && sought && title.toLowerCase().includes(sought.slice(0, Math.max(4, sought.length - 3))) ? 30 : 0);
  },
  objNameMatch: 11, objPartialMatch: 6, objPrio: { 0: 15, 1: 5, 2: -5 }, objPrioDefault: 0,
  title: 15, partialTitle: 7, term: 5, partialTerm: 2,
};
