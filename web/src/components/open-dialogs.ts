import { shallowReactive } from 'vue'

/**
 * The dialogs that are open, the one on top last. A modal dialog stands in the browser's top layer and makes the rest of
 * the page inert: what has to be seen and read out above it is put into the last of these.
 */
export const openDialogs = shallowReactive<HTMLDialogElement[]>([])
