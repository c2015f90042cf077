/** '/instalments/2/amount' → 'instalments[2].amount': from the pointer of an error to the name of a form's field. */
export function nameFromPointer(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((name, part) => (/^\d+$/.test(part) ? `${name}[${part}]` : name ? `${name}.${part}` : part), '');
}

/** 'instalments[2].amount' → '/instalments/2/amount'. */
export function pointerFromName(name: string): string {
  return pathFromName(name)
    .map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

/** 'instalments[2].amount' → ['instalments', '2', 'amount']. A trailing '[]' says "a list" and is no part of it. */
export function pathFromName(name: string): string[] {
  return name
    .replace(/\[\]$/, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.');
}

/** The element id of a field: what labels, errors and the summary point at. */
export function fieldId(name: string): string {
  return `field-${name.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '')}`;
}
