import styles from '../styles.css?inline'

let sheet: CSSStyleSheet | undefined

/** The stylesheet of all widgets, parsed once for all shadow roots; no content security policy refuses it. */
export function widgetSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(`${styles}\n:host{display:block}:host([hidden]){display:none}`)
  }
  return sheet
}
