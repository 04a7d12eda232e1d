using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Batchwork.Engine.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Costs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ChecklistDismissedAt",
                table: "Members",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TokenPrices",
                table: "Jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "EstimateMicroUsd",
                table: "JobRows",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PausedBy",
                table: "Connections",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PausedByAt",
                table: "Connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TestedAt",
                table: "Connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "UsableBy",
                table: "Connections",
                type: "INTEGER",
                nullable: false,
                defaultValue: 3);

            migrationBuilder.CreateTable(
                name: "Budgets",
                columns: table => new
                {
                    SubjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    WorkspaceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ConnectionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    MonthlyMicroUsd = table.Column<long>(type: "INTEGER", nullable: false),
                    SetByName = table.Column<string>(type: "TEXT", nullable: false),
                    SetAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Budgets", x => x.SubjectId);
                    table.ForeignKey(
                        name: "FK_Budgets_Workspaces_WorkspaceId",
                        column: x => x.WorkspaceId,
                        principalTable: "Workspaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CostLines",
                columns: table => new
                {
                    RowId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TryNumber = table.Column<int>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    JobId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ConnectionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    MicroUsd = table.Column<long>(type: "INTEGER", nullable: true),
                    EstimateMicroUsd = table.Column<long>(type: "INTEGER", nullable: true),
                    Basis = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CostLines", x => new { x.RowId, x.TryNumber });
                });

            migrationBuilder.CreateTable(
                name: "PurgedJobs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    WorkspaceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedByName = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PurgedJobs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RetiredKeys",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    WorkspaceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ConnectionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", nullable: false),
                    SealedKey = table.Column<string>(type: "TEXT", nullable: false),
                    Ending = table.Column<string>(type: "TEXT", nullable: true),
                    BaseUrl = table.Column<string>(type: "TEXT", nullable: true),
                    RetiredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RejectedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RetiredKeys", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RetiredKeys_Connections_ConnectionId",
                        column: x => x.ConnectionId,
                        principalTable: "Connections",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Budgets_WorkspaceId",
                table: "Budgets",
                column: "WorkspaceId");

            migrationBuilder.CreateIndex(
                name: "IX_CostLines_JobId",
                table: "CostLines",
                column: "JobId");

            migrationBuilder.CreateIndex(
                name: "IX_CostLines_WorkspaceId_Day_JobId_ConnectionId_MicroUsd_EstimateMicroUsd",
                table: "CostLines",
                columns: new[] { "WorkspaceId", "Day", "JobId", "ConnectionId", "MicroUsd", "EstimateMicroUsd" });

            migrationBuilder.CreateIndex(
                name: "IX_PurgedJobs_WorkspaceId",
                table: "PurgedJobs",
                column: "WorkspaceId");

            migrationBuilder.CreateIndex(
                name: "IX_RetiredKeys_ConnectionId_Fingerprint",
                table: "RetiredKeys",
                columns: new[] { "ConnectionId", "Fingerprint" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Budgets");

            migrationBuilder.DropTable(
                name: "CostLines");

            migrationBuilder.DropTable(
                name: "PurgedJobs");

            migrationBuilder.DropTable(
                name: "RetiredKeys");

            migrationBuilder.DropColumn(
                name: "ChecklistDismissedAt",
                table: "Members");

            migrationBuilder.DropColumn(
                name: "TokenPrices",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "EstimateMicroUsd",
                table: "JobRows");

            migrationBuilder.DropColumn(
                name: "PausedBy",
                table: "Connections");

            migrationBuilder.DropColumn(
                name: "PausedByAt",
                table: "Connections");

            migrationBuilder.DropColumn(
                name: "TestedAt",
                table: "Connections");

            migrationBuilder.DropColumn(
                name: "UsableBy",
                table: "Connections");
        }
    }
}
