package types

import (
	"fmt"
	"strings"
)

// Parse reads a type as it is written in tags and in the reference:
// "list<string>", "size | percent", "process handle".
func Parse(s string) (*Type, error) {
	if alts := splitAlts(s); len(alts) > 1 {
		u := &Type{Kind: Union}
		for _, a := range alts {
			t, err := Parse(a)
			if err != nil {
				return nil, err
			}
			u.Alts = append(u.Alts, t)
		}
		return u, nil
	}
	s = strings.TrimSpace(s)
	if t := Basic(s); t != nil {
		return t, nil
	}
	if name, ok := strings.CutSuffix(s, " handle"); ok {
		return HandleOf(name), nil
	}
	for _, k := range []Kind{List, Map, Range} {
		if inner, ok := strings.CutPrefix(s, k.String()+"<"); ok && strings.HasSuffix(inner, ">") {
			elem, err := Parse(strings.TrimSuffix(inner, ">"))
			if err != nil {
				return nil, err
			}
			return &Type{Kind: k, Elem: elem}, nil
		}
	}
	return nil, fmt.Errorf("unknown type %q", s)
}

// splitAlts cuts at each | that stands outside of angle brackets.
func splitAlts(s string) []string {
	var alts []string
	depth, start := 0, 0
	for i := range len(s) {
		switch {
		case s[i] == '<':
			depth++
		case s[i] == '>':
			depth--
		case s[i] == '|' && depth == 0:
			alts, start = append(alts, s[start:i]), i+1
		}
	}
	return append(alts, s[start:])
}
