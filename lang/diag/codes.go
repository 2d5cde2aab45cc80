package diag

import (
	"slices"
	"strings"
	"sync"
)

// Code describes one kind of mistake. Its page is what `chaosc explain` prints.
type Code struct {
	Code  string // "E0203"; W for warnings. E00xx text and tokens, E01xx grammar, E02xx names, E03xx types and values, E04xx activities and undo, E05xx files and imports, E06xx load time, E07xx imported experiments
	Title string // a few words, as "unknown name"
	Text  string // what it means and why it is a mistake, one or two paragraphs
	Wrong string // a piece of source that has it
	Right string // the same put right
}

// Codes returns the table of all codes, in order.
var Codes = sync.OnceValue(func() []Code {
	all := slices.Concat(textCodes, grammarCodes, structureCodes, nameCodes, typeCodes, loadTimeCodes, activityCodes,
		warningCodes, loadCodes, startCodes, ctkCodes)
	slices.SortFunc(all, func(a, b Code) int {
		if a.Code[1:] != b.Code[1:] {
			if a.Code[1:] < b.Code[1:] {
				return -1
			}
			return 1
		}
		return int(a.Code[0]) - int(b.Code[0])
	})
	return all
})

// Explain returns the entry of a code, in any case of letters.
func Explain(code string) (Code, bool) {
	for _, c := range Codes() {
		if strings.EqualFold(c.Code, code) {
			return c, true
		}
	}
	return Code{}, false
}
