import DataFormats

/// What is said of a data set behind its path.
struct DatasetOptionsTarget: FuzzTarget {
    static let name = "data-options"
    static let parsers = ["DatasetOptions.init(parsing"]

    init() throws {}

    static func samples() throws -> [String: [UInt8]] {
        [
            "all": Array("set=letters,transpose,size=8x8,scale=-1..1.5,label=class,test=0.25,testseed=7".utf8),
            "first": Array("label=first".utf8),
        ]
    }

    func run(_ input: [UInt8]) throws {
        let text = String(decoding: input, as: UTF8.self)
        do throws(DatasetOptions.Fault) {
            let options = try DatasetOptions(parsing: text)
            let again = try DatasetOptions(parsing: options.text)
            if again != options { throw DatasetOptions.Fault(word: text, expected: "") }
        } catch {
            try require(!error.expected.isEmpty, "\(text) comes back as something else")
            try require(!error.expected.contains(where: \.isNewline), "an error of several lines")
            try requireMessage(DataError.badOption(source: "x", word: error.word, expected: error.expected))
        }
    }
}
