package check

import (
	"regexp"

	"github.com/chaosc-lang/chaosc/lang/program"
)

func compilePattern(text string) (program.Matcher, error) {
	re, err := regexp.Compile(text)
	if err != nil {
		return nil, err
	}
	return matcher{re}, nil
}

type matcher struct{ re *regexp.Regexp }

func (m matcher) Match(s string) (bool, error) { return m.re.MatchString(s), nil }
