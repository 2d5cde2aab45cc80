package fs

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// Technique: a name of a file is any bytes, but a text of JSON is UTF-8, and
// what is put back must have its very name. So names that are found in folders
// are noted with their bytes, and others are refused.

// savedFields are the fields of saved, without its methods.
type savedFields saved

// savedBytes is how saved is written as JSON.
type savedBytes struct {
	savedFields
	PathBytes   []byte `json:"path_bytes,omitempty"`
	TargetBytes []byte `json:"target_bytes,omitempty"`
	TwinBytes   []byte `json:"twin_bytes,omitempty"`
}

// MarshalJSON writes names that are no UTF-8 as bytes too.
func (s saved) MarshalJSON() ([]byte, error) {
	return json.Marshal(savedBytes{savedFields(s), odd(s.Path), odd(s.Target), odd(s.Twin)})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *saved) UnmarshalJSON(text []byte) error {
	var b savedBytes
	if err := json.Unmarshal(text, &b); err != nil {
		return err
	}
	*s = saved(b.savedFields)
	for _, name := range []struct {
		bytes []byte
		of    *string
	}{{b.PathBytes, &s.Path}, {b.TargetBytes, &s.Target}, {b.TwinBytes, &s.Twin}} {
		if name.bytes != nil {
			*name.of = string(name.bytes)
		}
	}
	return nil
}

// odd returns the bytes of a name that is no UTF-8.
func odd(name string) []byte {
	if utf8.ValidString(name) {
		return nil
	}
	return []byte(name)
}

// notable refuses names that an undo in another process would not find, since
// what is noted for it is JSON.
func notable(name string) error {
	if !utf8.ValidString(name) {
		return fmt.Errorf("the name %q is not UTF-8: the folder that it is in can be named instead", name)
	}
	return nil
}
