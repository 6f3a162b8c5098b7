// Functions given to page.evaluate run in the browser; ESLint keeps its globals out of the other rooms.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="dom.asynciterable" />
