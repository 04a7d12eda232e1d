using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Batchwork.Engine.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class AnnouncedMediaType : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AnnouncedMediaType",
                table: "StoredImages",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "AnnouncedMediaType",
                table: "StoredImages");
        }
    }
}
