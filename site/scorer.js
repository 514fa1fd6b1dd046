// Sphinx's scores of a search, and more for a lesson whose own title holds what is sought; the glossary comes after it.
var Scorer = {
  score: ([page, title, anchor, , score]) => {
    const sought = (new URLSearchParams(location.search).get("q") ?? "").trim().toLowerCase();
    if (page === "glossary") return Math.min(score, 20);
    const isLesson = !anchor && page.startsWith("lessons/");
    return score + (isLesson && sought && title.toLowerCase().includes(sought.slice(0, Math.max(4, sought.length - 3))) ? 30 : 0);
  },
  objNameMatch: 11, objPartialMatch: 6, objPrio: { 0: 15, 1: 5, 2: -5 }, objPrioDefault: 0,
  title: 15, partialTitle: 7, term: 5, partialTerm: 2,
};
