package main

import (
	"context"
	"encoding/json"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/chaosc-lang/chaosc/interp"
	"github.com/chaosc-lang/chaosc/lang/program"
	"github.com/chaosc-lang/chaosc/stdlib/value"
)

// describe returns the experiment as data, for the journal: what it is called,
// where it stands, and what its config is in this run. Secrets are left out.
func describe(p *interp.Prepared) json.RawMessage {
	e := p.Experiment
	config := []byte{'{'}
	for _, c := range e.Config {
		if c.Var.Type.HasSecret() {
			continue
		}
		v, ok := p.Value(context.Background(), &program.Ref{Var: c.Var, At: c.At})
		if !ok {
			continue
		}
		data, err := value.AppendJSON(nil, v)
		if err != nil { // no form in JSON, as a function has none
			continue
		}
		if len(config) > 1 {
			config = append(config, ',')
		}
		config, _ = jsontext.AppendQuote(config, c.Var.Name) // names are UTF-8
		config = append(append(config, ':'), data...)
	}
	contributions := map[string]string{}
	for _, c := range e.Contributions {
		contributions[c.Name] = c.Level
	}
	file := ""
	if e.At.Source != nil {
		file = e.At.Source.Name
	}
	data, err := json.Marshal(struct {
		Title         string            `json:"title"`
		Description   string            `json:"description"`
		Tags          []string          `json:"tags,omitempty"`
		Contributions map[string]string `json:"contributions,omitempty"`
		Configuration json.RawMessage   `json:"configuration"`
		File          string            `json:"file"`
	}{e.Title, e.Description, e.Tags, contributions, append(config, '}'), file})
	if err != nil {
		return nil
	}
	return data
}
