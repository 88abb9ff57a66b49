import Foundation
import Reports
import Training

/// The text of `ensemble.json`: which folders beside it have the networks of an ensemble, and how they are averaged.
package struct EnsembleFile: Equatable, Sendable {
    /// One of the networks.
    package struct Member: Equatable, Sendable {
        /// A folder beside the file, without any folder above it.
        package let folder: String
        /// What it was called when the ensemble was exported.
        package let name: String
        /// How much it counts, from 0; the weights may have any sum.
        package let weight: Double

        package init(folder: String, name: String, weight: Double) {
            (self.folder, self.name, self.weight) = (folder, name, weight)
        }
    }

    /// The name of the file in an ensemble's folder.
    package static let name = "ensemble.json"
    /// The format that the file names, and its version.
    private static let format = (name: "trainspotter ensemble", version: 1)
    /// Networks at most.
    package static let mostMembers = 1000
    /// Bytes at most.
    static let mostBytes = 1 << 20

    /// How probabilities are averaged.
    package let mean: EnsembleMean
    /// One at least.
    package let members: [Member]

    package init(mean: EnsembleMean, members: [Member]) { (self.mean, self.members) = (mean, members) }

    /// Reads the text of a file.
    ///
    /// - Throws: `EnsembleFileError` for the first fault.
    package init(parsing text: String) throws(EnsembleFileError) {
        let written: Written
        do { written = try JSONDecoder().decode(Written.self, from: Data(text.utf8)) } catch {
            throw .noEnsemble
        }
        guard written.format.name == Self.format.name else { throw .noEnsemble }
        guard written.format.version == Self.format.version else { throw .version(written.format.version) }
        guard let mean = EnsembleMean(rawValue: written.mean) else { throw .mean(written.mean) }
        guard (1...Self.mostMembers).contains(written.members.count) else { throw .count(written.members.count) }
        var members: [Member] = []
        for member in written.members {
            guard Self.isPlain(member.folder) else { throw .folder(member.folder) }
            members.append(Member(folder: member.folder, name: member.name, weight: member.weight))
        }
        do throws(EnsembleError) { _ = try Ensemble.shares(of: members.map(\.weight)) } catch { throw .weights(error) }
        self.init(mean: mean, members: members)
    }

    /// Whether a name is that of a folder beside the file: one that was downloaded must not lead anywhere else.
    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".." && !name.contains { $0 == "/" || $0 == "\0" }
    }

    /// JSON that reads back to the same.
    package var text: String {
        JSON.object([
            "format": .object(["name": .text(Self.format.name), "version": .integer(Self.format.version)]),
            "mean": .text(mean.rawValue),
            "members": .array(
                members.map {
                    .object(["folder": .text($0.folder), "name": .text($0.name), "weight": .number($0.weight)])
                }),
        ]).text()
    }

    private struct Written: Decodable {
        struct Format: Decodable {
            let name: String
            let version: Int
        }
        struct Member: Decodable {
            let folder: String
            let name: String
            let weight: Double
        }
        let format: Format
        let mean: String
        let members: [Member]
    }
}

/// Why a text is no `ensemble.json` of ours.
package enum EnsembleFileError: Error, Equatable, Sendable, CustomStringConvertible {
    case noEnsemble
    case version(Int)
    case mean(String)
    case count(Int)
    case folder(String)
    case weights(EnsembleError)

    package var description: String {
        switch self {
        case .noEnsemble: "expected the JSON of `trainspotter ensemble --export`"
        case .version(let version): "version \(version) of the format; expected 1"
        case .mean(let mean):
            "the mean \"\(mean.prefix(40))\"; expected "
                + EnsembleMean.allCases.map(\.rawValue).joined(separator: " or ")
        case .count(let count): "\(count) networks; expected 1 to \(EnsembleFile.mostMembers)"
        case .folder(let name): "\"\(name.prefix(40))\" is no name of a folder beside it"
        case .weights(let error): error.description
        }
    }
}
