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
        let names = Data((try row.value("class_names") as String).utf8)
        classNames = (try? JSONDecoder().decode([String].self, from: names)) ?? []
        levels = try Self.levels(row) ?? .full
    }

    /// The values of black and white; nil where they can't be that.
    static func levels(_ row: Row) throws -> ShownLevels? {
        guard let least = UInt8(exactly: try row.count("black")), let greatest = UInt8(exactly: try row.count("white")),
            least < greatest
        else { return nil }
        return ShownLevels(least: least, greatest: greatest)
    }

    /// Writes the data set of a digest. What is there may be of a bundle, or from before its classes had names: this was just
    /// read from the data set itself.
    func insert(digest: String, _ database: Database) throws {
        let names = String(decoding: try JSONEncoder().encode(classNames), as: UTF8.self)
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
            try Row.fetchOne(database, sql: "SELECT * FROM dataset WHERE digest = ?", arguments: [digest])
                .flatMap { try? StoredDataset($0) }
        }
    }
}
