/// Screens as text.
enum Golden {
    static let risingLine = [
        " 1.0 ┤                         ⢀⣀⡤⠖⠋",
        "     │                     ⢀⣠⠴⠚⠉",
        "     │                 ⣀⡤⠖⠋⠉",
        " 0.5 ┤            ⢀⣠⠤⠖⠋⠁",
        "     │        ⣀⣠⠴⠚⠉",
        "     │    ⣀⡤⠖⠋⠁",
        " 0.0 ┤⣠⠴⠚⠉⠁",
        "     ╰┴──────────────┴─────────────┴",
        "      0              5            10",
    ].joined(separator: "\n")

    static let crossingLines = [
        " 4 +oooo                  ****",
        "   |   ooooooo      *******",
        " 2 +         *oo**oo*",
        "   |   *******      ooooooo",
        " 0 +****                  oooo",
        "   ++------------+-----------+",
        "    0            5          10",
    ].joined(separator: "\n")

    static let labelsOnBorder = [
        "╭─ loss ─────────────────────╮",
        "│    1 ┤               ⢀⣀⡤⠴⠒⠋│",
        "│      │          ⢀⣠⠤⠖⠚⠉     │",
        "│      │     ⣀⡤⠴⠒⠋⠉          │",
        "│    0 ┤⣠⠤⠖⠚⠉⠁               │",
        "╰─epoch 0 ─────── 5 ────── 10╯",
    ].joined(separator: "\n")
}
