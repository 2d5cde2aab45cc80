package journal

// The events that another process writes, after the one that ran has died.

// RecoveryStarted says that another process goes on with the journal of a run,
// to put back what is open.
type RecoveryStarted struct {
	Version string `json:"version"` // of chaosc
	Node    string `json:"node"`
	Pid     int    `json:"pid"`
	Open    int    `json:"open"` // undo entries
}

// RecoveryEnded is the end of it. While entries are left, another process may
// try again.
type RecoveryEnded struct {
	Open int `json:"open"` // undo entries that are left
}

// GivenUp says that nobody is to put back any more what this run has left.
type GivenUp struct {
	Open int `json:"open"` // undo entries that are left
}

// Kind returns the word that stands for the type in the file.
func (*RecoveryStarted) Kind() string { return "recovery-started" }
func (*RecoveryEnded) Kind() string   { return "recovery-ended" }
func (*GivenUp) Kind() string         { return "given-up" }

func (*RecoveryStarted) mask(Masker) {}
func (*RecoveryEnded) mask(Masker)   {}
func (*GivenUp) mask(Masker)         {}
