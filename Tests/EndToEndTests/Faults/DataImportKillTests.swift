import Foundation
import TestSupport
import Testing

/// `data import`, killed before each of its calls to the disk: nobody can clean up behind itself then.
@Suite(
    .timeLimit(.minutes(40)),
    .enabled(if: FaultLibrary.obstacle == nil, "the library of faults can't be loaded before a sanitizer"))
struct DataImportKillTests {
    private let folder: TemporaryFolder
    private var data: String { folder.path("home/trainspotter/data") }

    init() throws { folder = try TemporaryFolder() }

    /// What is in the folder behind it.
    enum Left: Sendable { case nothing, temporary, whole }

    /// Which call of the first import it does not live to make.
    private static let moments: [(call: DiskFault.Call, number: Int, left: Left)] = [
        (.folder, 1, .nothing), (.open, 1, .nothing), (.write, 1, .temporary), (.sync, 1, .temporary),
        (.rename, 1, .temporary), (.sync, 2, .whole),
    ]

    private func run(_ words: [String], _ fault: DiskFault? = nil) throws -> Program.Result {
        var environment = ["XDG_DATA_HOME": folder.path("home")]
        if let fault {
            environment.merge(try FaultLibrary.environment(below: data)) { $1 }
            environment.merge(fault.environment) { $1 }
        }
        return try Program.run(words, environment: environment)
    }

    private func importPets(_ value: Int, _ fault: DiskFault? = nil) throws -> Program.Result {
        let table = (0..<40).map { "\(["cat", "dog", "owl"][$0 % 3]),\($0),0,\(value),255\n" }.joined()
        try folder.write(table, as: "pets.csv")
        return try run(
            ["data", "import", folder.path("pets.csv") + ":label=first", "--name", "pets", "--replace"], fault)
    }

    private func kill(before call: DiskFault.Call, _ number: Int, _ value: Int) throws {
        let killed = try importPets(value, DiskFault(call, number, goesOn: false, error: -SIGKILL))
        #expect(killed.status == SIGKILL && killed.output.isEmpty, "\(call) \(number): \(killed)")
    }

    private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: data)) ?? [] }

    /// The data set is there, whole, or nothing is listed.
    private func check(isThere: Bool, _ comment: Comment) throws {
        let listed = try run(["data", "list"])
        #expect(listed.status == 0 && listed.errors.isEmpty && listed.output.contains("\npets ") == isThere, comment)
        let verified = try run(["data", "verify", "pets"])
        #expect(verified.status == (isThere ? 0 : 2), comment)
        if isThere { #expect(verified.output.hasPrefix("as imported  pets.npz  31 × 2 × 2"), comment) }
    }

    @Test("There is no data set or the whole one, and the next import clears away what was left")
    func first() throws {
        for (call, number, left) in Self.moments {
            try? FileManager.default.removeItem(atPath: data)
            try kill(before: call, number, 7)
            let (names, comment) = (names, Comment(rawValue: "killed before \(call) \(number)"))
            switch left {
            case .nothing: #expect(names.isEmpty, comment)
            case .temporary: #expect(names.count == 1 && names[0].hasPrefix(".trainspotter-"), comment)
            case .whole: #expect(names == ["pets.npz"], comment)
            }
            try check(isThere: left == .whole, comment)
            guard left == .temporary else { continue }
            #expect(try importPets(7).status == 0)
            #expect(self.names == ["pets.npz"], comment)
        }
    }

    @Test("One that replaces another leaves the old one or the new one, also where it is killed while it clears away")
    func replacing() throws {
        #expect(try importPets(7).status == 0)
        let old = try folder.bytes(of: "home/trainspotter/data/pets.npz")
        for (call, comment) in [(DiskFault.Call.rename, "the first"), (.remove, "before it clears away")] {
            try kill(before: call, 1, 8)
            #expect(names.count == 2, "\(comment)")
            #expect(try folder.bytes(of: "home/trainspotter/data/pets.npz") == old, "\(comment)")
        }
        try check(isThere: true, "replaced")
        try kill(before: .sync, 2, 8)
        let new = try folder.bytes(of: "home/trainspotter/data/pets.npz")
        #expect(new != old && names == ["pets.npz"])
        #expect(try importPets(8).status == 0)
        #expect(try folder.bytes(of: "home/trainspotter/data/pets.npz") == new)
    }
}
