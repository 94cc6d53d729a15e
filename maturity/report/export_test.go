package report

// Width is the number of columns of a text.
var Width = width
