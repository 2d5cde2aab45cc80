module github.com/chaosc-lang/chaosc

go 1.26.0
