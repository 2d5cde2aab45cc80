package lang

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"
)

// The words of the grammar. Only reserved words are keywords everywhere; the
// others are keywords where the grammar expects them and names elsewhere.
var (
	declarationWords = []string{"import", "let", "probe", "action", "experiment"}
	sectionWords     = []string{"description", "tags", "contributions", "config", "secrets", "controls", "runtime",
		"setup", "steady", "guard", "method", "rollback", "extensions"}
	statementWords = []string{"probe", "action", "pause", "wait", "let", "expect", "assert", "restore", "log",
		"if", "for", "repeat", "parallel", "abort"}
	clauseWords = []string{"background", "delay", "settle", "timeout", "retry", "expect", "assert", "control",
		"undo", "keep", "extra"}
	innerWords    = []string{"as", "by", "every", "fail-fast", "python", "recovers", "until", "within"}
	settingWords  = []string{"hypothesis", "rollbacks", "timeout", "deadline"}
	strategyWords = []string{"default", "before-method", "after-method", "during-method", "continuously", "skip"}
	rollbackWords = []string{"always", "default", "never", "deviated"}
	typeWords     = []string{"bool", "int", "float", "string", "duration", "size", "percent", "time", "null",
		"list", "map", "range", "handle", "any"}
	reservedWords = []string{"and", "or", "not", "in", "contains", "matches", "meets", "if", "then", "else", "for",
		"it", "true", "false", "null"}
)

// Declarations returns the words that start a declaration of a file.
func Declarations() []string { return slices.Clone(declarationWords) }

// Sections returns the words that start a section of an experiment, in the
// order in which sections stand when formatted.
func Sections() []string { return slices.Clone(sectionWords) }

// Statements returns the words that start a statement.
func Statements() []string { return slices.Clone(statementWords) }

// Clauses returns the words that start a clause of an activity, in the order
// in which clauses stand when formatted. `undo by` is found under undo.
func Clauses() []string { return slices.Clone(clauseWords) }

// Settings returns the words that start a setting of the section runtime.
func Settings() []string { return slices.Clone(settingWords) }

// HypothesisStrategies returns the words that may follow hypothesis.
func HypothesisStrategies() []string { return slices.Clone(strategyWords) }

// RollbackStrategies returns the words that may follow rollbacks.
func RollbackStrategies() []string { return slices.Clone(rollbackWords) }

// Types returns the names of types; list, map and range take an element type.
func Types() []string { return slices.Clone(typeWords) }

// Reserved returns the words that are never names.
func Reserved() []string { return slices.Clone(reservedWords) }

// IsReserved reports whether s is a reserved word.
func IsReserved(s string) bool { return reserved(s) != tokIdent }

// IsIdent reports whether s can be written as a bare identifier where a name
// is declared: it is an identifier and not reserved.
func IsIdent(s string) bool {
	return s != "" && scanIdent(s, 0) == len(s) && !IsReserved(s)
}

// reserved returns the kind of token of a word.
func reserved(s string) lexer.TokenType {
	switch s {
	case "and":
		return tokAnd
	case "or":
		return tokOr
	case "not":
		return tokNot
	case "in":
		return tokIn
	case "contains":
		return tokContains
	case "matches":
		return tokMatches
	case "meets":
		return tokMeets
	case "if":
		return tokIf
	case "then":
		return tokThen
	case "else":
		return tokElse
	case "for":
		return tokFor
	case "it":
		return tokIt
	case "true":
		return tokTrue
	case "false":
		return tokFalse
	case "null":
		return tokNull
	}
	return tokIdent
}

// foreignClauses and foreignSections do the same for clauses and sections.
var foreignClauses = map[string]string{
	"retries": "retry", "tries": "retry", "attempts": "retry", "tolerance": "expect", "should": "expect",
	"must": "assert", "limit": "timeout", "deadline": "timeout", "within": "timeout", "async": "background",
	"finally": "undo by", "rollback": "undo by", "revert": "undo by", "cleanup": "undo by",
}

var foreignSections = map[string]string{
	"steady-state": "steady", "steady_state": "steady", "hypothesis": "steady", "steady-state-hypothesis": "steady",
	"configuration": "config", "variables": "config", "vars": "config", "locals": "config", "env": "config",
	"steps": "method", "actions": "method", "experiment": "method", "run": "method",
	"rollbacks": "rollback", "teardown": "rollback", "cleanup": "rollback", "after": "rollback", "finally": "rollback",
	"before": "setup", "prepare": "setup", "given": "setup", "init": "setup",
	"settings": "runtime", "options": "runtime", "invariant": "guard", "safeguard": "guard", "safeguards": "guard",
}

// foreign maps words of other languages, met where a statement belongs, to
// what this one says instead.
var foreign = map[string]string{
	"sleep": "pause 2s", "print": "log", "println": "log", "echo": "log", "printf": "log",
	"var": "let", "const": "let", "set": "let", "def": "let",
	"while": "wait until … within 10s, or repeat for 10s { … }", "until": "wait until … within 10s",
	"loop": "repeat 3 { … }", "foreach": "for x in list { … }", "times": "repeat 3 { … }",
	"elif": "else if", "elsif": "else if", "elseif": "else if",
	"run": "action x = process.run(…)", "exec": "action x = process.run(…)", "call": "action x = …",
	"fail": "abort", "exit": "abort", "stop": "abort", "raise": "abort", "throw": "abort", "return": "abort",
	"check": "expect", "verify": "expect", "ensure": "expect", "must": "assert", "require": "assert",
	"async": "parallel { … }", "concurrently": "parallel { … }",
	"revert": "restore", "rollback": "restore",
}
