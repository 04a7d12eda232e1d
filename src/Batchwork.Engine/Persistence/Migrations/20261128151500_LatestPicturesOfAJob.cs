using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Batchwork.Engine.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class LatestPicturesOfAJob : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_StoredImages_JobId_StoredAt_RowIndex_Bytes",
                table: "StoredImages",
                columns: new[] { "JobId", "StoredAt", "RowIndex", "Bytes" },
                descending: new[] { false, true, false, false });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_StoredImages_JobId_StoredAt_RowIndex_Bytes",
                table: "StoredImages");
        }
    }
}
