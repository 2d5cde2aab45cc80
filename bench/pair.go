package main

import (
	"fmt"
	"runtime"
	"slices"
	"time"
)

// Technique: paired measuring. Each pair is reference, candidate, reference;
// its ratio is the candidate's time by the mean of the two around it, so that
// a machine that becomes slower or faster meanwhile changes both. The result
// is the median of the ratios, so that a disturbed pair does not count.

// sample does something once and returns the time that it took.
type sample func() (time.Duration, error)

// paired are the medians of pairs.
type paired struct {
	ratio                float64 // candidate by reference
	reference, candidate time.Duration
}

// pair measures n pairs, after one that does not count.
func pair(n int, reference, candidate sample) (paired, error) {
	var ratios []float64
	var refs, cands []time.Duration
	for i := range n + 1 {
		before, err := reference()
		if err != nil {
			return paired{}, fmt.Errorf("reference: %w", err)
		}
		c, err := candidate()
		if err != nil {
			return paired{}, err
		}
		after, err := reference()
		if err != nil {
			return paired{}, fmt.Errorf("reference: %w", err)
		}
		if i == 0 {
			continue
		}
		ratios = append(ratios, 2*float64(c)/float64(before+after))
		refs = append(refs, (before+after)/2)
		cands = append(cands, c)
	}
	return paired{median(ratios), median(refs), median(cands)}, nil
}

func median[T float64 | time.Duration](of []T) T {
	sorted := slices.Sorted(slices.Values(of))
	mid := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[mid]
	}
	return (sorted[mid-1] + sorted[mid]) / 2
}

// timed returns a sample that calls f some times and gives the time of one
// call. What earlier samples left to the garbage collector is collected first.
func timed(calls int, f func() error) sample {
	return func() (time.Duration, error) {
		runtime.GC()
		began := time.Now()
		for range calls {
			if err := f(); err != nil {
				return 0, err
			}
		}
		return time.Since(began) / time.Duration(calls), nil
	}
}

// slower is the result where the candidate's time is given in times of the
// reference's.
func (p paired) slower() result {
	return result{fmt.Sprintf("%.2f times its time", p.ratio), round(p.reference), round(p.candidate)}
}

// faster is the result where the candidate is to be the faster one.
func (p paired) faster() result {
	return result{fmt.Sprintf("%.2f times faster", 1/p.ratio), round(p.reference), round(p.candidate)}
}

// round leaves three digits.
func round(d time.Duration) string {
	unit := time.Duration(1)
	for d/unit >= 1000 {
		unit *= 10
	}
	return d.Round(unit).String()
}
