// Command lines appends to a journal and a log what a run of chaosc has
// appended to its own, record by record and line by line, and looks at the
// same path in each round: the least that a run with as many activities does.
//
//	lines JOURNAL LOG ROUNDS
//
// Copies are written beside both files.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"strconv"
)

func main() {
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(journal, log, rounds string) error {
	n, err := strconv.Atoi(rounds)
	if err != nil {
		return err
	}
	records, err := load(journal, nextRecord)
	if err != nil {
		return err
	}
	lines, err := load(log, nextLine)
	if err != nil {
		return err
	}
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
		if err := write(toJournal, share(records, i, n)); err != nil {
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

func load(path string, next func(data []byte) int) ([][]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var parts [][]byte
	for len(data) > 0 {
		n := next(data)
		if n > len(data) {
			return nil, fmt.Errorf("%s ends in the middle of a part", path)
		}
		parts, data = append(parts, data[:n]), data[n:]
	}
	return parts, nil
}

// nextRecord returns the length of a record of chaosc's journal: four bytes of
// length, four of checksum, the payload.
func nextRecord(data []byte) int {
	if len(data) < 8 {
		return len(data) + 1
	}
	return 8 + int(binary.LittleEndian.Uint32(data))
}

func nextLine(data []byte) int {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1
	}
	return len(data)
}
