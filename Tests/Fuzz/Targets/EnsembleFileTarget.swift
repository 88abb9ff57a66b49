import Exports

/// The file that says which networks an ensemble has.
struct EnsembleFileTarget: FuzzTarget {
    static let name = "ensemble"
    static let parsers = ["EnsembleFile.init(parsing"]

    init() throws {}

    func run(_ input: [UInt8]) throws {
        let file: EnsembleFile
        do throws(EnsembleFileError) { file = try EnsembleFile(parsing: String(decoding: input, as: UTF8.self)) } catch
        {
            return try requireMessage(error)
        }
        let again = try? EnsembleFile(parsing: file.text)
        try require(again == file, "it reads back as \(again?.text ?? "nothing")")
        try require(
            file.members.allSatisfy { !$0.folder.contains("/") && $0.folder != ".." }, "a way out of the folder")
    }
}
