// Command lines appends to a journal and a log what a run of chaosc has
// appended to its own, in as many writes, and looks at the same path in each
// round: the least that a run with as many activities does.
//
//	lines JOURNAL RECORDS LOG ROUNDS
//
// Copies are written beside both files. The records of the journal are taken
// as equally long, so that nothing here depends on their format.
package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
)

func main() {
	if err := run(os.Args[1], os.Args[2], os.Args[3], os.Args[4]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(journal, records, log, rounds string) error {
	n, err := strconv.Atoi(rounds)
	if err != nil {
		return err
	}
	count, err := strconv.Atoi(records)
	if err != nil {
		return err
	}
	written, err := os.ReadFile(journal)
	if err != nil {
		return err
	}
	parts := make([][]byte, count)
	for i := range parts {
		parts[i] = written[i*len(written)/count : (i+1)*len(written)/count]
	}
	text, err := os.ReadFile(log)
	if err != nil {
		return err
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	toJournal, err := os.Create(journal + ".copy")
	if err != nil {
		return err
	}
	defer toJournal.Close()
	toLog, err := os.Create(log + ".copy")
	if err != nil {
		return err
	}
	defer toLog.Close()
	for i := range n {
		if _, err := os.Stat("."); err != nil {
			return err
		}
		if err := write(toJournal, share(parts, i, n)); err != nil {
			return err
		}
		if err := write(toLog, share(lines, i, n)); err != nil {
			return err
		}
	}
	return nil
}

// share returns what belongs to round i of n.
func share(parts [][]byte, i, n int) [][]byte {
	return parts[i*len(parts)/n : (i+1)*len(parts)/n]
}

func write(f *os.File, parts [][]byte) error {
	for _, p := range parts {
		if _, err := f.Write(p); err != nil {
			return err
		}
	}
	return nil
}
