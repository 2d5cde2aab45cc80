package diag

import "unicode/utf8"

// Nearest returns the candidate that word was most likely meant to be, and
// whether there is one. Distance is counted in slips of the keyboard: a letter
// too many, missing, wrong, or two swapped (Damerau-Levenshtein, optimal string
// alignment). A third of the letters may be wrong, at least one; letters in
// another case cost nothing beside that one slip. The first of equally near
// candidates wins.
func Nearest(word string, candidates []string) (string, bool) {
	w := []rune(word)
	best, limit := "", max(1, len(w)/3)
	found := false
	for _, c := range candidates {
		n := utf8.RuneCountInString(c)
		if c == word || n-len(w) > limit || len(w)-n > limit {
			continue
		}
		if d := distance(w, []rune(c)); d <= limit && d < max(len(w), n) {
			best, limit, found = c, d-1, true
		}
		if limit < 0 {
			break
		}
	}
	return best, found
}

// distance is the number of slips between two words; letters that differ only
// in case do not differ.
func distance(a, b []rune) int {
	prev2, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		prev2, prev, row = prev, row, prev2
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if lower(a[i-1]) == lower(b[j-1]) {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && lower(a[i-1]) == lower(b[j-2]) && lower(a[i-2]) == lower(b[j-1]) {
				row[j] = min(row[j], prev2[j-2]+1)
			}
		}
	}
	return row[len(b)]
}

// lower folds ASCII letters, and _ to the - that most names are written with.
func lower(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r == '_':
		return '-'
	}
	return r
}
