package diag

// syntaxCodes are the mistakes that the lexer and the parser find.
var syntaxCodes = []Code{}
