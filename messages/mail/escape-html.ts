const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' }

export const escapeHtml = (value: string): string => value.replaceAll(/[&<>"']/g, one => entities[one]!)
