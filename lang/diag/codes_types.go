package diag

// typeCodes are the mistakes with types and values.
var typeCodes = []Code{
	{"E0301", "wrong type",
		"Nothing is converted silently, but that an int goes where a float is wanted, and a record where a map is. A value of type any goes anywhere; what it is is looked at in the run.",
		`experiment "example" {
    method {
        probe p = http.get(8080)
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost:8080")
    }
}`},
	{"E0302", "missing unit",
		"Durations, sizes and percentages are written with their unit, so that nobody has to know whether 2 are seconds or milliseconds.",
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            timeout 2
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            timeout 2s
    }
}`},
	{"E0303", "condition that is neither true nor false",
		"A condition is a bool. Numbers, texts and lists are compared: nothing counts as true by itself.",
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect status
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect status == 200
    }
}`},
	{"E0304", "values that cannot be compared",
		"Two values have an order where they are of one type that has one, or both numbers. A percentage has one with its fraction.",
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect elapsed < 3MiB
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect elapsed < 3s
    }
}`},
	{"E0305", "values that are never equal",
		"Values of these two types are never equal, so the comparison says the same in every run.",
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect status == "200"
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect status == 200
    }
}`},
	{"E0306", "wrong operands",
		"Durations, sizes and percentages add among themselves, multiply with numbers and divide to a float. A percentage of a number, size or duration is that.",
		`experiment "example" {
    method {
        let x = 3s * 5s
        log "${x}"
    }
}`,
		`experiment "example" {
    method {
        let x = 3s * 5
        log "${x}"
    }
}`},
	{"E0307", "strings joined by +",
		"Strings are joined by holes: \"${a}${b}\". There is one way to write it, and it shows the text as it will be.",
		`experiment "example" {
    config {
        host = "localhost"
    }
    method {
        probe p = http.get("http://" + host)
    }
}`,
		`experiment "example" {
    config {
        host = "localhost"
    }
    method {
        probe p = http.get("http://${host}")
    }
}`},
	{"E0308", "in and contains confused",
		"`x in y` asks a list or a range for a value and a map for a key; `y contains x` asks a string for a part, a list for a value and a map for a key.",
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect "error" in body
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect body contains "error"
    }
}`},
	{"E0309", "no negative",
		"Numbers, durations, sizes and percentages have a negative. The opposite of a bool is written with `not`.",
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect -(status == 200)
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect not (status == 200)
    }
}`},
	{"E0310", "computation that fails",
		"Ints, durations and sizes have 64 bits. What does not fit fails, here and in a run.",
		`let long = 100000d * 2

experiment "example" {
    method {
        pause long
    }
}`,
		`let long = 1d * 2

experiment "example" {
    method {
        pause long
    }
}`},
	{"E0311", "division by zero",
		"A division by zero fails, here and in a run.",
		`experiment "example" {
    method {
        log "${5 / 0}"
    }
}`,
		`experiment "example" {
    method {
        log "${5 / 2}"
    }
}`},
	{"E0312", "reversed range",
		"A range starts with its smaller end; both ends belong to it.",
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect status in 299..200
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect status in 200..299
    }
}`},
	{"E0313", "bad pattern",
		"The right side of `matches` is a regular expression in Python's syntax. In a raw string, between backquotes, its backslashes need no escape.",
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect body matches "ok("
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect body matches "ok"
    }
}`},
	{"E0314", "wrong tolerance",
		"`meets` is the rule of the Chaos Toolkit for a tolerance that is a literal: a bool, an int, a string or a list. For other values there are the comparisons.",
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect it meets 2s
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            expect it meets 200
    }
}`},
	{"E0315", "wrong index",
		"An element of a list is picked by an int, from 0, an entry of a map or record by a string.",
		`experiment "example" {
    method {
        let list = [1, 2]
        log "${list["first"]}"
    }
}`,
		`experiment "example" {
    method {
        let list = [1, 2]
        log "${list[0]}"
    }
}`},
	{"E0316", "loop over no list",
		"`for` goes over a list, or over a range of ints.",
		`experiment "example" {
    method {
        for i in 3 {
            log "${i}"
        }
    }
}`,
		`experiment "example" {
    method {
        for i in 1..3 {
            log "${i}"
        }
    }
}`},
	{"E0317", "entry without a value",
		"An entry of config without a value is given by `--var` or `--var-file`, and says its type, so that what is given can be checked. A handle cannot be given: it is made in the run.",
		`experiment "example" {
    config {
        port
    }
    method {
        log "${port}"
    }
}`,
		`experiment "example" {
    config {
        port: int
    }
    method {
        log "${port}"
    }
}`},
	{"E0318", "malformed type",
		"list, map and range take the type of their elements in angle brackets; other types take none.",
		`experiment "example" {
    config {
        hosts: list
    }
    method {
        log "${hosts}"
    }
}`,
		`experiment "example" {
    config {
        hosts: list<string>
    }
    method {
        log "${hosts}"
    }
}`},
	{"E0319", "negative duration",
		"Nothing can take less time than none.",
		`experiment "example" {
    method {
        pause -5s
    }
}`,
		`experiment "example" {
    method {
        pause 5s
    }
}`},
	{"E0320", "duration of nothing",
		"A time limit of nothing is always over, and `every` nothing would be a loop without a rest.",
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            timeout 0s
    }
}`,
		`experiment "example" {
    method {
        probe p = http.get("http://localhost")
            timeout 5s
    }
}`},
	{"E0321", "negative number",
		"Nothing can be done less often than never.",
		`experiment "example" {
    method {
        repeat -2 {
            pause 1s
        }
    }
}`,
		`experiment "example" {
    method {
        repeat 2 {
            pause 1s
        }
    }
}`},
}
