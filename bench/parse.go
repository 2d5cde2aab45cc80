package main

import (
	"encoding/json"
	goparser "go/parser"
	gotoken "go/token"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/chaosc-lang/chaosc/ast"
	"github.com/chaosc-lang/chaosc/lang"
	"github.com/chaosc-lang/chaosc/lang/check"
	"github.com/chaosc-lang/chaosc/lang/load"
	"github.com/chaosc-lang/chaosc/stdlib/all"
)

const large = 2000 // experiments in the large file

func parseItems() []item {
	return []item{
		{
			name: "parse-hcl", what: "parse one experiment", against: "`hclsyntax.ParseConfig`, same information",
			floor: "3 times faster", aim: "5 times faster",
			measure: func(b *bench) (result, error) { return against(b, 1, parseHCL, paired.faster) },
		},
		{
			name: "parse-hcl-2000", what: "parse 2,000 experiments", against: "`hclsyntax.ParseConfig`, same information",
			floor: "3 times faster", aim: "5 times faster",
			measure: func(b *bench) (result, error) { return against(b, large, parseHCL, paired.faster) },
		},
		{
			name: "parse-linear", what: "parse 2,000 experiments, time for each", against: "our own parse of one",
			floor: "–", aim: "linear in size",
			measure: parseLinear,
		},
		{
			name: "parse-go", what: "parse one experiment", against: "`go/parser`, equal statements",
			floor: "3.5 times its time", aim: "2 times its time",
			measure: func(b *bench) (result, error) { return against(b, 1, parseGo, paired.slower) },
		},
		{
			name: "parse-go-2000", what: "parse 2,000 experiments", against: "`go/parser`, equal statements",
			floor: "3.5 times its time", aim: "2 times its time",
			measure: func(b *bench) (result, error) { return against(b, large, parseGo, paired.slower) },
		},
		{
			name: "parse-json-2000", what: "parse 2,000 experiments", against: "`encoding/json` into `any`, same information",
			floor: "–", aim: "–",
			measure: func(b *bench) (result, error) { return against(b, large, parseJSON, paired.slower) },
		},
		{
			name: "check", what: "parse and check one experiment", against: "our own parse",
			floor: "2.5 times its time", aim: "1.7 times its time",
			measure: func(b *bench) (result, error) { return checked(b, 1) },
		},
		{
			name: "check-2000", what: "parse and check 2,000 experiments", against: "our own parse",
			floor: "2.5 times its time", aim: "1.7 times its time",
			measure: func(b *bench) (result, error) { return checked(b, large) },
		},
		{
			name: "check-json-2000", what: "parse and check 2,000 experiments", against: "`encoding/json` into `any`, same information",
			floor: "–", aim: "–",
			measure: func(b *bench) (result, error) {
				p, err := pair(b.pairs, timed(1, parseJSON(large)), timed(1, checkChaos(large)))
				return p.slower(), err
			},
		},
	}
}

// calls is how often a sample parses a text of n experiments.
func calls(n int) int { return max(1, 200/n) }

// against compares our parser with another one.
func against(b *bench, n int, other func(n int) func() error, as func(paired) result) (result, error) {
	if err := equalStatements(); err != nil {
		return result{}, err
	}
	p, err := pair(b.pairs, timed(calls(n), other(n)), timed(calls(n), parseChaos(n)))
	return as(p), err
}

func checked(b *bench, n int) (result, error) {
	p, err := pair(b.pairs, timed(calls(n), parseChaos(n)), timed(calls(n), checkChaos(n)))
	return p.slower(), err
}

// parseLinear compares the time for each of many experiments with that of one.
func parseLinear(b *bench) (result, error) {
	whole := timed(1, parseChaos(large))
	p, err := pair(b.pairs, timed(calls(1), parseChaos(1)), func() (time.Duration, error) {
		d, err := whole()
		return d / large, err
	})
	return p.slower(), err
}

func parseChaos(n int) func() error {
	text := many("chaos", n)
	return func() error {
		_, problems := lang.Parse(ast.NewSource("shop.chaos", text))
		if problems.HasErrors() {
			return problems
		}
		return nil
	}
}

func checkChaos(n int) func() error {
	text := many("chaos", n)
	return func() error {
		unit, problems := load.Source(ast.NewSource("shop.chaos", text))
		if problems.HasErrors() {
			return problems
		}
		if _, problems := check.Check(unit, all.Registry()); len(problems) > 0 {
			return problems
		}
		return nil
	}
}

func parseHCL(n int) func() error {
	text := []byte(many("hcl", n))
	return func() error {
		if _, problems := hclsyntax.ParseConfig(text, "shop.hcl", hcl.InitialPos); problems.HasErrors() {
			return problems
		}
		return nil
	}
}

func parseGo(n int) func() error {
	text := []byte(many("go", n))
	return func() error {
		_, err := goparser.ParseFile(gotoken.NewFileSet(), "shop.go", text, goparser.SkipObjectResolution)
		return err
	}
}

func parseJSON(n int) func() error {
	text := []byte(many("json", n))
	return func() error {
		var v any
		return json.Unmarshal(text, &v)
	}
}
