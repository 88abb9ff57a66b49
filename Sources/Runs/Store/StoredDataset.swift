import DataFormats
import Datasets
import Foundation
import GRDB

/// What a store keeps of a data set, so that a network that was trained on it can be asked without it: the size of its
/// images, the values of black and white, and what its classes are called.
package struct StoredDataset: Sendable, Equatable {
    /// The data set's name.
    package var name: String
    /// What stood behind `--data`, without folders.
    package var place: String
    /// The name of the format that it was read in, such as `idx`; empty where it was made by a program.
    package var format: String
    /// The size of every image.
    package var shape: ImageShape
    /// Rows of the training file, with those that validate.
    package var trainingRows: Int
    /// Rows of the test set.
    package var testRows: Int
    /// The names of the classes, or their numbers.
    package var classNames: [String]
    /// The values that pictures show as black and as white.
    package var levels: ShownLevels

    /// The facts of a data set.
    package init(_ dataset: Dataset) {
        (name, place, format) = (dataset.name, dataset.place, dataset.format)
        (shape, trainingRows, testRows) = (dataset.train.shape, dataset.train.count, dataset.test.count)
        (classNames, levels) = (dataset.classNames, dataset.levels)
    }

    /// - Throws: `MisplacedValue` where a value is none that a version of ours writes.
    init(_ row: Row) throws {
        (name, place, format) = (try row.value("name"), try row.value("source"), try row.value("format"))
        shape = ImageShape(
            rows: try row.count("rows"), columns: try row.count("columns"), channels: try row.count("channels"))
        (trainingRows, testRows) = (try row.count("training_rows"), try row.count("test_rows"))
        classNames = Self.names(try row.value("class_names")) ?? []
        levels = try Self.levels(row) ?? .full
    }

    /// Names of classes as they are written, a JSON list; nil for another text.
    static func names(_ text: String) -> [String]? {
        try? JSONDecoder().decode([String].self, from: Data(text.utf8))
    }

    /// The values of black and white; nil where they can't be that.
    static func levels(_ row: Row) throws -> ShownLevels? {
        guard let least = UInt8(exactly: try row.count("black")), let greatest = UInt8(exactly: try row.count("white")),
            least < greatest
        else { return nil }
        return ShownLevels(least: least, greatest: greatest)
    }

    /// Writes the data set of a digest. What is there may be of a bundle, or from before its classes had names: this was just
    /// read from the data set itself. The same images can have other names now: earlier runs then keep those that they had.
    ///
    /// - Parameter run: the one that was trained on it.
    func insert(digest: String, run: Int, _ database: Database) throws {
        let names = String(decoding: try JSONEncoder().encode(classNames), as: UTF8.self)
        let before = try String.fetchOne(
            database, sql: "SELECT class_names FROM dataset WHERE digest = ?", arguments: [digest])
        if let before, before != names {
            try database.execute(
                sql: "UPDATE run SET class_names = ? WHERE fingerprint = ? AND id <> ? AND class_names IS NULL",
                arguments: [before, digest, run])
        }
        try database.execute(
            sql: "UPDATE run SET class_names = NULL WHERE id = ? AND class_names IS NOT NULL", arguments: [run])
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO dataset (digest, name, source, format, rows, columns, channels, training_rows,
                    test_rows, class_names, black, white)
                VALUES (:digest, :name, :source, :format, :rows, :columns, :channels, :training, :test, :names, :black,
                    :white)
                """,
            arguments: [
                "digest": digest, "name": name, "source": place, "format": format, "rows": shape.rows,
                "columns": shape.columns, "channels": shape.channels, "training": trainingRows, "test": testRows,
                "names": names, "black": Int(levels.least), "white": Int(levels.greatest),
            ])
    }
}

extension RunStore {
    /// What is kept of a run's data set; nil where it was recorded by a version that kept nothing, is not known yet, or is
    /// damaged: it is an aid, and no run is refused for it.
    package func dataset(of run: RunSummary) throws(StoreError) -> StoredDataset? {
        guard let digest = run.fingerprint else { return nil }
        return try read { database in
            let row = try Row.fetchOne(database, sql: "SELECT * FROM dataset WHERE digest = ?", arguments: [digest])
            var dataset = row.flatMap { try? StoredDataset($0) }
            let names = try String.fetchOne(
                database, sql: "SELECT class_names FROM run WHERE id = ? AND class_names IS NOT NULL",
                arguments: [run.id])
            if let names, let own = StoredDataset.names(names), own.count == dataset?.classNames.count {
                dataset?.classNames = own
            }
            return dataset
        }
    }
}
