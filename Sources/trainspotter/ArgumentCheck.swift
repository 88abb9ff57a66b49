import Neural

/// Refuses what the parser would take for a cluster of single letters: in `-5tanh` it finds the `h` of help.
///
/// - Parameter arguments: without the program's name.
func refuseDashes(_ arguments: [String]) throws(CommandFailure) {
    var before = ""
    for argument in arguments.prefix(while: { $0 != "--" }) {
        defer { before = argument }
        guard argument.count > 1, argument.first == "-", argument != "-h", !argument.hasPrefix("--") else { continue }
        let word = argument.prefix { !$0.isWhitespace }
        // A bare number behind an option is the value that the parser will say is missing.
        if Int(word) != nil, before.hasPrefix("--") { continue }
        let isNumber = argument.dropFirst().first.map { ("0"..."9").contains($0) } == true
        guard isNumber, !["evaluate", "predict", "export"].contains(arguments.first) else {
            throw .usage("\(argument): unknown option (see `trainspotter --help`)")
        }
        if arguments.first == "data" { throw .usage("\(word): expected the number of an image, from 0") }
        let range = SpecRules.unitsRange
        throw .usage("\(word): out of range; expected \(range.lowerBound) to \(range.upperBound) units")
    }
}
