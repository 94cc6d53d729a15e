// Package pattern holds the regular expressions of the schemas. They are written for JavaScript and for Go
// alike. Those of decimals look only roughly at numbers with an exponent.
package pattern

const (
	ID       = `^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`
	Language = `^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`
	Version  = `^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)` +
		`(-(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*)?` +
		`(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$`
	Pointer = `^(/([^~/]|~[01])*)*$`

	// Date is a day of the calendar.
	Date = `^(\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))` +
		`|(\d\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)$`

	// URL is the address of a piece of evidence.
	URL = `^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)[^\x00-\x20\x7F<>"\\]+$`

	exponent    = `[eE](\+?\d{1,4}|-\d{1,3})`
	Decimal     = `^-?(0|[1-9]\d{0,8})(\.\d{1,9})?$|^-?(0|[1-9]\d*)(\.\d+)?` + exponent + `$`
	NotNegative = `^(0|[1-9]\d{0,8})(\.\d{1,9})?$|^-0(\.0{1,9})?$|^(-0(\.0+)?|(0|[1-9]\d*)(\.\d+)?)` + exponent + `$`
	Whole       = `^-?(0|[1-9]\d{0,8})(\.0{1,9})?$|^-?(0|[1-9]\d*)(\.\d+)?` + exponent + `$`
	Part        = `^(0\.0{0,8}[1-9]\d{0,8}|1(\.0{1,9})?)$|^(0|[1-9]\d*)(\.\d+)?` + exponent + `$` // above 0, at most 1
)
